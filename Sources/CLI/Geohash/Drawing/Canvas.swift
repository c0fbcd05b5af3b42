/// A page of characters. Lines that cross are joined.
struct Canvas {
    private struct Cell {
        var character: Character = " "
        var arms = BoxCharacters.Arms()
        var style = TextStyle.plain
    }

    let width: Int
    private var rows: [[Cell]]

    init(width: Int, height: Int) {
        self.width = width
        rows = Array(repeating: Array(repeating: Cell(), count: width), count: height)
    }

    /// Draws a line from left to right, both ends included.
    mutating func horizontal(row: Int, columns: ClosedRange<Int>, _ weight: BoxCharacters.Weight, _ style: TextStyle) {
        for column in columns {
            draw(row, column, style) { arms in
                if column > columns.lowerBound { arms.left = max(arms.left, weight) }
                if column < columns.upperBound { arms.right = max(arms.right, weight) }
            }
        }
    }

    /// Draws a line downwards, both ends included.
    mutating func vertical(column: Int, rows: ClosedRange<Int>, _ weight: BoxCharacters.Weight, _ style: TextStyle) {
        for row in rows {
            draw(row, column, style) { arms in
                if row > rows.lowerBound { arms.up = max(arms.up, weight) }
                if row < rows.upperBound { arms.down = max(arms.down, weight) }
            }
        }
    }

    private mutating func draw(
        _ row: Int, _ column: Int, _ style: TextStyle, _ change: (inout BoxCharacters.Arms) -> Void
    ) {
        change(&rows[row][column].arms)
        rows[row][column].character = BoxCharacters.character(rows[row][column].arms)
        rows[row][column].style = style
    }

    /// Writes a text; what does not fit is cut off.
    mutating func write(_ text: String, row: Int, column: Int, _ style: TextStyle = .plain) {
        for (index, character) in text.enumerated() where 0..<width ~= column + index {
            rows[row][column + index] = Cell(character: character, style: style)
        }
    }

    /// The page, a line for each row, without blanks at their ends.
    func text(isColored: Bool) -> String {
        rows.map { row in
            let end = row.lastIndex { $0.character != " " }.map { $0 + 1 } ?? 0
            return Self.text(row[..<end], isColored)
        }.joined(separator: "\n")
    }

    private static func text(_ row: ArraySlice<Cell>, _ isColored: Bool) -> String {
        guard isColored else { return String(row.map(\.character)) }
        var text = ""
        var style = TextStyle.plain
        for cell in row {
            if cell.style != style, cell.character != " " {
                style = cell.style
                text += style.start
            }
            text.append(cell.character)
        }
        return style == .plain ? text : text + TextStyle.plain.start
    }
}
