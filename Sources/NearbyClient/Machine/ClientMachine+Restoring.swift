/// The list after a reconnect. A welcome has the nearest friends only: whoever else was in the list stays in it while
/// pages are asked for, until all of them were told of again or there are no more.
extension ClientMachine {
    mutating func restoreList(_ now: Moment) {
        guard let restoring = online?.restoring else { return }
        let isWhole = view.isConfirmed && view.confirmedCount >= lengthToRestore
        guard !isWhole, let cursor = view.cursorOfMore else { return endRestoring() }
        guard let due = restoring.due else { return }
        if restoring.pages == ClientLimits.pages { return endRestoring() }
        guard due <= now.uptime else { return }
        online?.restoring?.ask(now)
        call(.more(cursor: cursor))
    }

    /// Who was not told of again has left.
    mutating func endRestoring() {
        online?.restoring = nil
        (lengthToRestore, forgetAt) = (0, nil)
        view.dropUnconfirmed(.reconnected, &news)
    }
}
