/// Why a verb failed though it was used rightly: exit status 1.
struct GeohashFailure: Error, Equatable, CustomStringConvertible {
    /// What failed, its name first.
    let description: String

    init(_ description: String) { self.description = description }
}
