/// The shard's random numbers: AES-128 of a counter, so nobody can foretell who is drawn, and a seed gives the
/// same run again.
struct StrangerRandom: RandomNumberGenerator {
    private let cipher: BlockCipher
    private var counter: UInt64 = 0
    /// What is left of the last block, 64 bits a word.
    private var spare: UInt64?
    /// What is left of the last word that was cut in two.
    private var spareHalf: UInt32?

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

    /// A number in 0 ..< `bound`, each as likely as the other.
    ///
    /// - Parameter bound: 1 to 2³² - 1 (precondition).
    mutating func number(below bound: Int) -> Int {
        // D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019.
        let bound = UInt32(bound)
        let refused = (0 &- bound) % bound
        while true {
            let product = UInt64(nextHalf()) * UInt64(bound)
            if UInt32(truncatingIfNeeded: product) >= refused { return Int(product >> 32) }
        }
    }

    private mutating func nextHalf() -> UInt32 {
        if let spareHalf {
            self.spareHalf = nil
            return spareHalf
        }
        let word = next()
        spareHalf = UInt32(truncatingIfNeeded: word)
        return UInt32(truncatingIfNeeded: word >> 32)
    }
}
