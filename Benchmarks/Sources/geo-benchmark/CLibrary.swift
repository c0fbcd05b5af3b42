#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The C core of pygeohash, the fastest geohash library on PyPI, loaded from what `baselines/build` made.
struct CLibrary: Sendable {
    typealias Encode = @convention(c) (Double, Double, Int32, UnsafeMutablePointer<CChar>) -> Void
    typealias Decode = @convention(c) (UnsafePointer<CChar>, UnsafeMutablePointer<Double>) -> Int32

    let encode: Encode
    let decode: Decode

    /// `nil` if it was not built.
    init?(path: String) {
        guard let library = dlopen(path, RTLD_LAZY), let encode = dlsym(library, "baseline_encode"),
            let decode = dlsym(library, "baseline_decode")
        else { return nil }
        self.encode = unsafeBitCast(encode, to: Encode.self)
        self.decode = unsafeBitCast(decode, to: Decode.self)
    }
}
