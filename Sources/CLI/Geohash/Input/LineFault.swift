import Geo

/// What is wrong with a line of input, to be said with the line's number.
protocol LineFault: Error, CustomStringConvertible {}

extension GeohashError: LineFault {}
