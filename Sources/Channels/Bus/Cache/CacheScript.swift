/// How a server takes values: in one step it compares each with what it has, and keeps the one of the greater rank.
///
/// A script of Redis 7, because only the server knows what stands there when a write arrives: the writer's connection may
/// have been away, and others have written since. Of two of the same rank the later is kept, with its lifetime. Values of
/// version 1 had no rank, and what is shorter than a rank is none of ours: both are replaced.
///
/// Ranks are compared as two numbers of 48 bits, which Lua's numbers hold exactly; how Lua compares strings depends on the
/// server's locale.
enum CacheScript {
    /// Keys: the users'. Arguments: for each its lifetime in milliseconds and its value. Answers how many it has taken.
    static let text: StaticString = """
        local old = redis.call('MGET', unpack(KEYS))
        local taken = 0
        for i, key in ipairs(KEYS) do
          local kept, new = old[i], ARGV[2 * i]
          local isTaken = true
          if kept and #kept > 12 then
            local version, high, low = struct.unpack('>BI6I6', kept)
            local newHigh, newLow = struct.unpack('>I6I6', new, 2)
            isTaken = version < 2 or newHigh > high or newHigh == high and newLow >= low
          end
          if isTaken then
            redis.call('PSETEX', key, ARGV[2 * i - 1], new)
            taken = taken + 1
          end
        end
        return taken
        """
    /// The name that servers know the script by once they have seen it: its SHA-1.
    static let digest: StaticString = "b71a06813000b570eb946007fc05eb6fdded0562"
    /// The most users of one command: so many are done at once while others wait, some 150 µs.
    static let maximumUsers = 64
}
