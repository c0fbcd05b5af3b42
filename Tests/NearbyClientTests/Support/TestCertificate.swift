import NIOSSL

@testable import NearbyClient

/// A certificate that nobody has signed but itself, good from 2020 to 2120. The key is the same for all, and no secret.
struct TestCertificate {
    /// For the name `localhost` alone.
    static let localhost = TestCertificate(
        pem: """
            -----BEGIN CERTIFICATE-----
            MIIBdDCCARqgAwIBAgIUDBxaUYz1CGy1NYlZGrHfrpxACpcwCgYIKoZIzj0EAwIw
            FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAx
            MDAwMDAwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAASmFSbalVIcj0LAWuRfk4tSaHdmQXlEddLPCYSUq2hVqHQwrWbW/ufQ
            WmWxk9Rm4Pb5ZY1yg6oZLai/F6/Z8Xb3o0gwRjAPBgNVHRMBAf8EBTADAQH/MBQG
            A1UdEQQNMAuCCWxvY2FsaG9zdDAdBgNVHQ4EFgQUWWeR1JyMHa3sUWFHzI2Y/k3D
            y4wwCgYIKoZIzj0EAwIDSAAwRQIhANEuIHdpuwygY5Wc43OU8qAZD2kFTsa0obGz
            sxSyj9s0AiAILDN86xaKSC/jL+zcjRplqsdLtICh3SbfFznpe9Wj9g==
            -----END CERTIFICATE-----
            """)
    /// For the name `nearby.example` and the address 127.0.0.1.
    static let address = TestCertificate(
        pem: """
            -----BEGIN CERTIFICATE-----
            MIIBiTCCAS+gAwIBAgIUF4w0tGDW2gpAg1jD3ZHPEb2uue8wCgYIKoZIzj0EAwIw
            GTEXMBUGA1UEAwwObmVhcmJ5LmV4YW1wbGUwIBcNMjAwMTAxMDAwMDAwWhgPMjEy
            MDAxMDEwMDAwMDBaMBkxFzAVBgNVBAMMDm5lYXJieS5leGFtcGxlMFkwEwYHKoZI
            zj0CAQYIKoZIzj0DAQcDQgAEphUm2pVSHI9CwFrkX5OLUmh3ZkF5RHXSzwmElKto
            Vah0MK1m1v7n0FplsZPUZuD2+WWNcoOqGS2ovxev2fF296NTMFEwDwYDVR0TAQH/
            BAUwAwEB/zAfBgNVHREEGDAWgg5uZWFyYnkuZXhhbXBsZYcEfwAAATAdBgNVHQ4E
            FgQUWWeR1JyMHa3sUWFHzI2Y/k3Dy4wwCgYIKoZIzj0EAwIDSAAwRQIhAPhkX6g/
            F5mkvjoHktenPCNLQoNb1tkVYATt4A6e1ercAiAgu9BxetZrvUVkyOYb3l7cHdhR
            YWfqit8ukDbsPxSNXQ==
            -----END CERTIFICATE-----
            """)
    private static let key =
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNY+KQBkGOWNcmWeI
        jqKfMFg6VYEi5lw61juIhw4dUyehRANCAASmFSbalVIcj0LAWuRfk4tSaHdmQXlE
        ddLPCYSUq2hVqHQwrWbW/ufQWmWxk9Rm4Pb5ZY1yg6oZLai/F6/Z8Xb3
        -----END PRIVATE KEY-----
        """

    let pem: String

    func serverContext() throws -> NIOSSLContext {
        let chain = [NIOSSLCertificateSource.certificate(try certificate())]
        let key = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(bytes: Array(Self.key.utf8), format: .pem))
        return try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: chain, privateKey: key))
    }

    func der() throws -> [UInt8] { try certificate().toDERBytes() }

    private func certificate() throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem)
    }
}
