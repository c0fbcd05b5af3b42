import Geo

/// What is measured. Each returns nanoseconds an operation.
struct Operations {
    let samples = Samples()
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16, alignment: 16)

    // MARK: Encoding

    func encodeToInteger() -> Double {
        measure { samples, sum in
            for coordinate in samples.coordinates {
                sum &+= Geohash(coordinate, precision: Samples.precision).rawValue
            }
        }
    }

    func encodeDegreesToInteger() -> Double {
        measure { samples, sum in
            for i in 0..<Samples.count {
                let cell = Geohash(
                    latitude: samples.latitudes[i], longitude: samples.longitudes[i], precision: Samples.precision)
                sum &+= cell?.rawValue ?? 0
            }
        }
    }

    func encodeToText() -> Double {
        measure { [buffer] samples, sum in
            for coordinate in samples.coordinates {
                Geohash(coordinate, precision: Samples.precision).write(into: buffer)
                sum &+= buffer.load(fromByteOffset: 4, as: UInt64.self)
            }
        }
    }

    // MARK: Decoding

    func decode() -> Double {
        measure { samples, sum in
            let text = UnsafeRawBufferPointer(samples.text)
            for i in 0..<Samples.count {
                let start = i * Samples.precision
                let cell = Geohash(utf8: UnsafeRawBufferPointer(rebasing: text[start..<start + Samples.precision]))
                guard let center = cell?.box.center else { continue }
                sum &+= center.latitude.bitPattern ^ center.longitude.bitPattern
            }
        }
    }

    func decodeInteger() -> Double {
        measure { samples, sum in
            for cell in samples.cells {
                let center = cell.box.center
                sum &+= center.latitude.bitPattern ^ center.longitude.bitPattern
            }
        }
    }

    // MARK: Cells

    func neighbor() -> Double {
        measure { samples, sum in
            for cell in samples.coarseCells { sum &+= cell.neighbor(.ne)?.rawValue ?? 0 }
        }
    }

    func nine() -> Double {
        measure { samples, sum in
            for cell in samples.coarseCells { cell.nine.forEach { sum ^= $0.rawValue } }
        }
    }

    // MARK: Distances

    func distance() -> Double {
        measure { samples, sum in
            let here = samples.coordinates[0]
            for coordinate in samples.coordinates { sum &+= here.distance(to: coordinate).bitPattern }
        }
    }

    func exactDistance() -> Double {
        measure { samples, sum in
            let here = samples.coordinates[0]
            for coordinate in samples.coordinates { sum &+= here.exactDistance(to: coordinate).bitPattern }
        }
    }

    func isWithinRadius() -> Double {
        let limit = Earth.chordSquared(metres: 8_047)
        return measure { samples, sum in
            let here = samples.vectors[0]
            for vector in samples.vectors { sum &+= here.chordSquared(to: vector) <= limit ? 1 : 0 }
        }
    }

    // MARK: Covers

    /// Cells a cover, nanoseconds a cover.
    func discCover(metres: Double, precision: Int) -> (cells: Int, nanoseconds: Double) {
        guard let center = Coordinate(latitude: 40.7535, longitude: -73.9822),
            let disc = Disc(center: center, metres: metres)
        else { return (0, .nan) }
        func cells() -> Int { (try? disc.cover(precision: precision))?.cells.count ?? 0 }
        return (cells(), nanoseconds(operations: 1) { UInt64(cells()) })
    }

    // MARK: Baselines

    func bisectionToInteger() -> Double {
        measure { samples, sum in
            for i in 0..<Samples.count {
                sum &+= Bisection.bits(latitude: samples.latitudes[i], longitude: samples.longitudes[i], count: 60)
            }
        }
    }

    func bisectionToText() -> Double {
        measure { [buffer] samples, sum in
            let text = buffer.bindMemory(to: UInt8.self)
            for i in 0..<Samples.count {
                Bisection.write(
                    latitude: samples.latitudes[i], longitude: samples.longitudes[i], precision: Samples.precision,
                    into: text)
                sum &+= UInt64(text[11])
            }
        }
    }

    func bisectionDecode() -> Double {
        measure { samples, sum in
            for i in 0..<Samples.count {
                let start = i * Samples.precision
                let text = UnsafeBufferPointer(rebasing: samples.text[start..<start + Samples.precision])
                guard let center = Bisection.decode(text) else { continue }
                sum &+= center.latitude.bitPattern ^ center.longitude.bitPattern
            }
        }
    }

    func cEncode(_ library: CLibrary) -> Double {
        measure { [buffer] samples, sum in
            let text = buffer.bindMemory(to: CChar.self)
            guard let start = text.baseAddress else { return }
            for i in 0..<Samples.count {
                library.encode(samples.latitudes[i], samples.longitudes[i], Int32(Samples.precision), start)
                sum &+= UInt64(truncatingIfNeeded: Int(text[11]))
            }
        }
    }

    func cDecode(_ library: CLibrary) -> Double {
        // C wants an end after each text.
        let texts: [CChar] = samples.cells.flatMap { cell in
            cell.description.utf8.map { CChar(bitPattern: $0) } + [0]
        }
        return texts.withUnsafeBufferPointer { texts in
            guard let start = texts.baseAddress else { return .nan }
            return measure { [buffer] _, sum in
                let center = buffer.bindMemory(to: Double.self)
                guard let out = center.baseAddress else { return }
                for i in 0..<Samples.count {
                    _ = library.decode(start + i * (Samples.precision + 1), out)
                    sum &+= center[0].bitPattern ^ center[1].bitPattern
                }
            }
        }
    }

    @inline(__always)
    private func measure(_ body: (Samples, inout UInt64) -> Void) -> Double {
        nanoseconds(operations: Samples.count) {
            var sum: UInt64 = 0
            body(samples, &sum)
            return sum
        }
    }
}
