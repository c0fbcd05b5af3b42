/// Parameters as C strings, one behind the other, for as long as libpq copies them.
struct ParameterList {
    private var bytes: [CChar] = []
    /// Where each begins; `nil` is NULL.
    private var starts: [Int?] = []

    /// Throws ``StoreError/Code/invalid`` for a text with a zero character, which PostgreSQL cannot hold.
    init(_ parameters: [QueryParameter]) throws(StoreError) {
        starts.reserveCapacity(parameters.count)
        for parameter in parameters {
            guard let text = parameter.text else {
                starts.append(nil)
                continue
            }
            starts.append(bytes.count)
            bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
            guard !bytes[(starts.last!)!...].contains(0) else { throw StoreError(.invalid, "zero character") }
            bytes.append(0)
        }
    }

    func withPointers<Value>(_ body: ([UnsafePointer<CChar>?]) -> Value) -> Value {
        bytes.withUnsafeBufferPointer { bytes in
            body(starts.map { start in start.map { bytes.baseAddress! + $0 } })
        }
    }
}
