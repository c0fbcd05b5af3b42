import Geo

/// The longitudes that some cells take up, the shorter way around the Earth.
struct LongitudeSpan {
    /// -180 or more, less than 180.
    let west: Double
    /// Degrees to the east, at most 360.
    let width: Double

    /// Leaves out the widest gap between the boxes. There is at least one box (precondition).
    init(of boxes: [GeohashBox]) {
        let boxes = boxes.sorted { $0.west < $1.west }
        var (gapStart, gap) = (0.0, 0.0)
        var reached = boxes[0].east
        for box in boxes.dropFirst() {
            if box.west - reached > gap { (gapStart, gap) = (reached, box.west - reached) }
            reached = max(reached, box.east)
        }
        let throughSeam = boxes[0].west + 360 - reached
        if throughSeam >= gap { (gapStart, gap) = (reached, throughSeam) }
        let start = gapStart + gap
        west = start >= 180 ? start - 360 : start
        width = 360 - gap
    }
}
