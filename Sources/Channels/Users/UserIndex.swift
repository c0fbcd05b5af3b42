/// A user as a dense number, valid in this process only. Given out by ``UserTable``, never reused.
public typealias UserIndex = UInt32
