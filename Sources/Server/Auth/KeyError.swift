/// Why keys are unusable. Never has anything of a key in it.
public struct KeyError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
