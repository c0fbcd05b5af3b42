/// The centre of a disc is mostly where somebody is, so it does not show in text: see ``Coordinate``.
extension Disc: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A fixed text without the position.
    public var description: String { "Disc(redacted)" }

    /// A fixed text without the position.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
