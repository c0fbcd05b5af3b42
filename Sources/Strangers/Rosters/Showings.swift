/// Who is shown to whom: a fixed number of showings for each session, dense from the first, and for each member
/// the chain of its showings.
struct Showings {
    static let none = UInt32.max

    let perSession: Int
    private var slots: [Showing] = []
    /// By session slot.
    private var counts: [UInt8] = []
    /// By member: its first showing.
    private var heads: [UInt32] = []

    init(perSession: Int) { self.perSession = perSession }

    /// Makes room for a session slot.
    mutating func reserve(session: Int) {
        while counts.count <= session {
            counts.append(0)
            slots.append(contentsOf: repeatElement(.unused, count: perSession))
        }
    }

    func count(session: Int) -> Int { Int(counts[session]) }

    /// The indices of a session's showings.
    func range(session: Int) -> Range<Int> {
        session * perSession..<session * perSession + Int(counts[session])
    }

    subscript(index: Int) -> Showing {
        get { slots[index] }
        set { slots[index] = newValue }
    }

    func session(of index: Int) -> Int { index / perSession }

    /// The first showing of a member.
    func first(of member: UInt32) -> Int? {
        guard Int(member) < heads.count, heads[Int(member)] != Self.none else { return nil }
        return Int(heads[Int(member)])
    }

    /// The session must have room (precondition of the array).
    mutating func append(_ showing: Showing, session: Int) {
        let index = session * perSession + Int(counts[session])
        counts[session] += 1
        slots[index] = showing
        link(index)
    }

    /// The last showing of the session takes the place of the removed one.
    mutating func remove(at index: Int) {
        let session = session(of: index)
        let last = session * perSession + Int(counts[session]) - 1
        unlink(index)
        if last != index {
            slots[index] = slots[last]
            repoint(from: last, to: index)
        }
        counts[session] -= 1
    }

    private mutating func link(_ index: Int) {
        let member = Int(slots[index].member)
        if member >= heads.count {
            heads.append(contentsOf: repeatElement(Self.none, count: member + 1 - heads.count))
        }
        slots[index].next = heads[member]
        slots[index].previous = Self.none
        if heads[member] != Self.none { slots[Int(heads[member])].previous = UInt32(index) }
        heads[member] = UInt32(index)
    }

    private mutating func unlink(_ index: Int) {
        let showing = slots[index]
        if showing.next != Self.none { slots[Int(showing.next)].previous = showing.previous }
        if showing.previous != Self.none {
            slots[Int(showing.previous)].next = showing.next
        } else {
            heads[Int(showing.member)] = showing.next
        }
    }

    /// The neighbours of a showing that was copied point to its new index.
    private mutating func repoint(from: Int, to index: Int) {
        let showing = slots[index]
        if showing.next != Self.none { slots[Int(showing.next)].previous = UInt32(index) }
        if showing.previous != Self.none {
            slots[Int(showing.previous)].next = UInt32(index)
        } else {
            heads[Int(showing.member)] = UInt32(index)
        }
    }
}
