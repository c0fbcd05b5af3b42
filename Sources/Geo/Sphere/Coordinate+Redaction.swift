/// A position never shows in text: whatever is logged, interpolated or dumped, the numbers stay out.
extension Coordinate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A fixed text without the position.
    public var description: String { "Coordinate(redacted)" }

    /// A fixed text without the position.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
