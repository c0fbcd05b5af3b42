/// How a channel stands with one of the servers that it is on.
struct ChannelHome {
    /// The server's number.
    let server: Int
    /// Whether the channel shall be subscribed there.
    var isWanted = true
    /// Whether the last command asked for it.
    var isAsked = false
    /// Commands that the server has not answered.
    var unanswered = 0
    /// Whether it stands in one of the server's queues.
    var isQueued = false
    /// Whether it is of a former ring only, and left once the others have acknowledged.
    var isLeaving = false

    init(server: Int) {
        self.server = server
    }

    /// Whether the last command asked for it and was answered. A leave that a rejoin overtook has two answers due, so
    /// the leave's own answer is not taken for the rejoin's.
    var isAcknowledged: Bool { isAsked && unanswered == 0 }

    var isOver: Bool { !isWanted && !isAsked && unanswered == 0 }
}
