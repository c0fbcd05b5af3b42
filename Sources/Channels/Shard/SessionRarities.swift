/// What few sessions have: kept in a dictionary so that the others do not pay for it. At most one
/// entry a friend in each of the sets.
struct SessionRarities {
    /// Friends who were shown and are followed no more, with the reason that the next frame has to give.
    var farewells: [(user: UserIndex, kind: FrameItem.Kind)] = []
    /// Friends whom the client does not want to follow in this session.
    var muted: [UserIndex] = []
    /// While the friends are being loaded: whom a change that came meanwhile has removed.
    var removedWhileLoading: [UserIndex] = []

    var isEmpty: Bool { farewells.isEmpty && muted.isEmpty && removedWhileLoading.isEmpty }

    mutating func addFarewell(_ user: UserIndex, _ kind: FrameItem.Kind) {
        farewells.removeAll { $0.user == user }
        farewells.append((user, kind))
    }

    mutating func addRemovedWhileLoading(_ user: UserIndex) {
        if !removedWhileLoading.contains(user) { removedWhileLoading.append(user) }
    }
}
