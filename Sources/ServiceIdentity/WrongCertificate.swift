/// The server's certificate is trusted, but not for the name that was asked for.
public struct WrongCertificate: Error, Sendable, Hashable {}
