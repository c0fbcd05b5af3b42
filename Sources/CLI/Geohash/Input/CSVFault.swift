/// What is wrong with a row of CSV on standard input.
enum CSVFault: LineFault, Equatable {
    case noColumn(String)
    case columnExists(String)
    case fieldCount(Int, header: Int)
    case openQuote
    case tooLong

    var description: String {
        switch self {
        case .noColumn(let name): "--columns: there is no column `\(name)`"
        case .columnExists(let name): "there is a column `\(name)` already"
        case .fieldCount(let count, let header): "\(count) fields, but the header has \(header)"
        case .openQuote: "a quote is not closed"
        case .tooLong: "the row is longer than \(CSVRowReader.maximumRowBytes) bytes; is a quote not closed?"
        }
    }
}
