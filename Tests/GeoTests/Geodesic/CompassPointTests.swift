import Geo
import Testing

@Suite struct CompassPointTests {
    @Test(arguments: zip(0..<8, CompassPoint.allCases))
    func `a point has the bearings of its eighth, from the counterclockwise border on`(eighth: Int, point: CompassPoint)
    {
        let middle = Double(eighth) * 45
        let (first, end) = (middle - 22.5, middle + 22.5)
        let next = CompassPoint.allCases[(eighth + 1) % 8]
        #expect(CompassPoint(bearing: middle) == point)
        #expect(CompassPoint(bearing: first < 0 ? first + 360 : first) == point)
        #expect(CompassPoint(bearing: end.nextDown) == point)
        #expect(CompassPoint(bearing: end) == next)
    }

    @Test func `whole turns make no difference`() {
        #expect(CompassPoint(bearing: 360) == .n)
        #expect(CompassPoint(bearing: -90) == .w)
        #expect(CompassPoint(bearing: 720 + 135) == .se)
        #expect(CompassPoint(bearing: -1e-300) == .n)
        #expect(CompassPoint(bearing: -22.5) == .n)
        #expect(CompassPoint(bearing: -22.6) == .nw)
    }
}
