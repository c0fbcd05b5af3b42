import Geo

/// A cell and its neighbours in characters: names, the position, borders with the width there, and a scale. Six cells at a
/// pole.
struct CellDrawing {
    private let cell: Geohash
    private let point: Position
    private let isGiven: Bool
    private let box: GeohashBox
    private let scale: CellScale
    /// Steps to the north of the rows of cells that exist, from the north.
    private let steps: [Int]
    private let left: Int
    private var canvas: Canvas

    private static let rightMargin = 34
    private static let linesBelow = 3

    /// - Parameter point: in the cell; `nil` for its middle.
    init(_ cell: Geohash, point: Position?) {
        self.cell = cell
        self.point = point ?? Position(centerOf: cell)
        isGiven = point != nil
        box = cell.box
        steps = [1, 0, -1].filter { $0 == 0 || cell.neighbor($0 > 0 ? .n : .s) != nil }
        let names = [-1, 0, 1, 2].map { Self.longitude($0, of: cell.box) }
        let longest = names.map(\.count).max()!
        scale = CellScale(
            aspect: box.middleWidth / box.height, leastColumns: max(cell.precision + 3, longest + 2))
        left = longest / 2 + 1
        canvas = Canvas(
            width: left + 3 * scale.columns + 1 + Self.rightMargin,
            height: steps.count * scale.rows + 1 + Self.linesBelow)
        drawBorders()
        drawNames()
        drawPoint()
        for (index, name) in names.enumerated() {
            canvas.write(
                name, row: bottom + 1, column: left + index * scale.columns - name.count / 2, .line)
        }
        drawScale()
    }

    func text(isColored: Bool) -> String { canvas.text(isColored: isColored) }

    private var bottom: Int { steps.count * scale.rows }
    private var right: Int { left + 3 * scale.columns }

    /// The row of the canvas where a row of cells begins.
    private func top(of step: Int) -> Int { steps.firstIndex(of: step)! * scale.rows }

    /// The meridian some columns to the east of the cell's west border.
    private static func longitude(_ columns: Int, of box: GeohashBox) -> String {
        let width = box.east - box.west
        let longitude = box.west + Double(columns) * width
        let turned = longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude
        return LengthText.border(turned, step: width, sides: ("E", "W"))
    }
}

extension CellDrawing {
    private mutating func drawBorders() {
        for index in 0...steps.count {
            canvas.horizontal(row: index * scale.rows, columns: left...right, .light, .line)
        }
        for index in 0...3 {
            canvas.vertical(column: left + index * scale.columns, rows: 0...bottom, .light, .line)
        }
        let (top, west) = (top(of: 0), left + scale.columns)
        for row in [top, top + scale.rows] {
            canvas.horizontal(row: row, columns: west...west + scale.columns, .heavy, .main)
        }
        for column in [west, west + scale.columns] {
            canvas.vertical(column: column, rows: top...top + scale.rows, .heavy, .main)
        }
        drawLatitudes()
    }

    /// The parallels, with the width of a cell there, and the height in the middle.
    private mutating func drawLatitudes() {
        let height = box.north - box.south
        for (index, step) in ([steps[0] + 1] + steps).enumerated() {
            let latitude = box.south + Double(step) * height
            let name = LengthText.border(latitude, step: height, sides: ("N", "S"))
            let width = LengthText.length(box.width(atLatitude: latitude))
            let text = latitude.magnitude == 90 ? "\(name), the pole" : "\(name), \(width) wide"
            canvas.write(text, row: index * scale.rows, column: right + 2, .line)
        }
        canvas.write(
            "↕ \(LengthText.length(box.height)) high", row: top(of: 0) + scale.rows / 2, column: right + 2, .line)
    }

    private mutating func drawNames() {
        for step in steps {
            for (column, neighbor) in names(step).enumerated() {
                let name = neighbor.description
                let isOwn = neighbor == cell
                canvas.write(
                    name, row: top(of: step) + nameRow,
                    column: left + column * scale.columns + 1 + (scale.columns - 1 - name.count) / 2,
                    isOwn ? .main : .plain)
            }
        }
    }

    /// From west to east.
    private func names(_ step: Int) -> [Geohash] {
        switch step {
        case 1: [CompassPoint.nw, .n, .ne].compactMap { cell.neighbor($0) }
        case 0: [cell.neighbor(.w)!, cell, cell.neighbor(.e)!]
        default: [CompassPoint.sw, .s, .se].compactMap { cell.neighbor($0) }
        }
    }

    /// Below the top border, or above the bottom one if the position is there.
    private var nameRow: Int { pointPlace.row == 1 ? scale.rows - 1 : 1 }

    /// From the cell's corner in the north west; never on a border.
    private var pointPlace: (row: Int, column: Int) {
        let down = (box.north - point.latitude) / (box.north - box.south)
        let across = (point.longitude - box.west) / (box.east - box.west)
        return (
            min(max(Int((down * Double(scale.rows)).rounded()), 1), scale.rows - 1),
            min(max(Int((across * Double(scale.columns)).rounded()), 1), scale.columns - 1)
        )
    }

    private mutating func drawPoint() {
        let place = pointPlace
        canvas.write(
            isGiven ? "●" : "+", row: top(of: 0) + place.row, column: left + scale.columns + place.column, .point)
    }

    /// A bar of a round length, or how far from true the drawing is.
    private mutating func drawScale() {
        let row = bottom + 3
        if let squeeze = scale.squeeze {
            return canvas.write(
                "not to scale: cells are \(LengthText.rounded(squeeze, digits: 2)) times narrower", row: row,
                column: left)
        }
        let metresPerColumn = box.middleWidth / Double(scale.columns)
        let metres = ScaleBar.metres(atMost: 1.5 * box.middleWidth)
        let columns = max(1, Int((metres / metresPerColumn).rounded()))
        let bar = "├" + String(repeating: "─", count: max(0, columns - 1)) + "┤"
        canvas.write(bar, row: row, column: left)
        canvas.write(ScaleBar.text(metres), row: row, column: left + columns + 2)
    }
}
