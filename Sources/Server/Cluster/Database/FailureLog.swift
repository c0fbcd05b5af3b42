import Friends
import Logging

/// Says in the log when something begins to fail and when it works again, and not how often it was tried.
struct FailureLog {
    private let message: Logger.Message
    private let logger: Logger
    private var isFailing = false

    init(_ message: Logger.Message, _ logger: Logger) {
        self.message = message
        self.logger = logger
    }

    mutating func fail(_ error: StoreError) {
        if !isFailing { logger.warning(message, metadata: ["reason": "\(error)"]) }
        isFailing = true
    }

    mutating func succeed() {
        if isFailing { logger.notice("it is over: \(message)") }
        isFailing = false
    }

    mutating func note(_ problem: StoreError?) {
        if let problem { fail(problem) } else { succeed() }
    }
}
