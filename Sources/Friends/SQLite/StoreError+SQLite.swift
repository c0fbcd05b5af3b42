import GRDB

extension StoreError {
    /// Translates what the driver throws. Of its message only the code is kept: the text could hold values.
    init(_ error: any Error, in operation: String) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DatabaseError:
            self.init(.unavailable, "\(operation): SQLite code \(error.extendedResultCode.rawValue)")
        default:
            self.init(.unavailable, "\(operation): \(type(of: error))")
        }
    }
}
