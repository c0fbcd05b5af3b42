/// How many people a benchmark has and how they are tied together.
struct Crowd {
    /// Senders, and as many receivers.
    let people: Int
    /// How many senders a receiver follows; as many receivers follow a sender.
    let friends: Int
    /// Towns too far apart to be seen from each other: 1 and all friends are within the radius, 10 and a tenth is.
    let towns: Int
    /// Publications of a round.
    let publications: Int
    /// How many publications a tick is given.
    let batches: [Int]

    static let all = [
        Crowd(people: 10_000, friends: 40, towns: 1, publications: 20_000, batches: [1, 64, 1_000]),
        Crowd(people: 10_000, friends: 40, towns: 10, publications: 50_000, batches: [1, 64, 1_000]),
        Crowd(people: 100_000, friends: 400, towns: 1, publications: 5_000, batches: [1, 64, 1_000]),
        Crowd(people: 100_000, friends: 400, towns: 10, publications: 20_000, batches: [1, 64, 1_000]),
    ]

    /// The receiver `receiver` follows each sender that is one of these steps ahead of it.
    func strides(_ random: inout SeededRandom) -> [Int] {
        var strides: Set<Int> = []
        while strides.count < friends { strides.insert(Int.random(in: 1..<people, using: &random)) }
        return strides.sorted()
    }

    func senders(of receiver: Int, strides: [Int]) -> [Int] { strides.map { (receiver + $0) % people } }
}
