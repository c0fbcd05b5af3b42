/// A unit vector is a position too, so it does not show in text either: see ``Coordinate``.
extension UnitVector: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A fixed text without the position.
    public var description: String { "UnitVector(redacted)" }

    /// A fixed text without the position.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
