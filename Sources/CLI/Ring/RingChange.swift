import ArgumentParser
import Rings

/// Makes a change and prints what it moves.
struct RingChange {
    let options: RingOptions
    let format: RingFormat

    func run(_ edit: RingEdit) async throws {
        let (before, after) = try await options.withPlace { try await $0.change(edit) }
        guard options.list != .standby else {
            let stored = RingStore.Stored(list: after, revision: 0)
            return try format.write(after.names.map { $0 + "\n" }.joined(), RingText.json(stored, isRing: false))
        }
        try format.write(RingText.plan(from: before, to: after), RingText.planJSON(from: before, to: after))
    }
}
