/// The shard's random numbers: AES-128 of a counter, so nobody can foretell who is drawn, and a seed gives the
/// same run again.
struct StrangerRandom: RandomNumberGenerator {
    private let cipher: BlockCipher
    private var counter: UInt64 = 0
    /// The half of the last block that was not handed out yet.
    private var spare: UInt64?

    /// Takes 256 bits from a generator: the system's for a server, a seeded one for a simulation.
    init(seededFrom generator: inout some RandomNumberGenerator) {
        var seed: [UInt8] = []
        for _ in 0..<4 {
            let word: UInt64 = generator.next()
            withUnsafeBytes(of: word.littleEndian) { seed.append(contentsOf: $0) }
        }
        cipher = BlockCipher(secret: seed, purpose: "nearby strangers random numbers")
    }

    mutating func next() -> UInt64 {
        if let spare {
            self.spare = nil
            return spare
        }
        counter += 1
        let block = cipher.encrypt(0, counter)
        spare = block.low
        return block.high
    }

    /// A number in 0 ..< `bound`, each as likely as the other. `bound` is at least 1.
    mutating func number(below bound: Int) -> Int {
        Int(next(upperBound: UInt64(bound)))
    }
}
