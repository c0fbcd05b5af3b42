extension CompassPoint {
    /// The point nearest to a bearing; halfway between two, the one that comes next clockwise.
    ///
    /// - Parameter bearing: degrees clockwise from north, any finite number: whole turns make no difference.
    public init(bearing: Double) {
        precondition(bearing.isFinite, "a bearing is a finite number")
        let turned = bearing.truncatingRemainder(dividingBy: 360)
        let eighths = ((turned < 0 ? turned + 360 : turned) / 45).rounded()
        self = Self.allCases[Int(eighths) % Self.allCases.count]
    }
}
