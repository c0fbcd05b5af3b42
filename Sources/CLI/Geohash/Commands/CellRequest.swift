import ArgumentParser
import Geo

/// What the verbs are asked that take a cell, or - for lines of standard input.
enum CellRequest {
    case cell(Geohash, OutputFormat)
    case lines(OutputFormat)

    init(_ hash: String, _ format: String) throws {
        self =
            if hash == "-" {
                .lines(try OutputFormat.parse(format, among: OutputFormat.ofLines))
            } else {
                .cell(try CellArgument.parse(hash), try OutputFormat.parse(format))
            }
    }

    /// Writes the answers to standard output.
    ///
    /// - Parameters:
    ///   - answer: to one cell. What it throws ends the verb.
    ///   - line: the text of an answer among others, on one line.
    func run<Answer: CellAnswer>(
        _ answer: (Geohash) throws -> Answer, line: (Answer) -> String
    ) throws {
        switch self {
        case .cell(let cell, let format):
            try StandardOutput.write(answer(cell).written(as: format))
        case .lines(let format):
            try LineFilter.runCells { cell, output in
                let answer = try answer(cell)
                try output.write(format == .text ? line(answer) + "\n" : answer.written(as: format))
            }
        }
    }
}
