/// Times as files of tracks have them: `2009-04-23T22:37:00Z`, perhaps with decimals, with `+02:00` for the `Z`, and a blank
/// for the `T`.
///
/// By hand because a hundred thousand of them are read at a time, which takes a formatter seconds.
enum ISOTime {
    /// Milliseconds since the Unix epoch; `nil` if the text is anything else or no day of the calendar.
    static func milliseconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let (end, offset) = zone(bytes), end >= 19,
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), "T ".utf8.contains(bytes[10]),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            let fraction = milliseconds(ofFraction: bytes[19..<end]),
            (1...12).contains(month), (1...days(of: month, year)).contains(day),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        let seconds = ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second
        return seconds * 1_000 + fraction
    }

    /// Where the zone begins, and how many minutes its clocks are ahead.
    private static func zone(_ bytes: [UInt8]) -> (start: Int, ahead: Int64)? {
        if bytes.last == UInt8(ascii: "Z") { return (bytes.count - 1, 0) }
        let text = bytes.suffix(6)
        guard text.count == 6, let sign = text.first, "+-".utf8.contains(sign),
            bytes[bytes.count - 3] == UInt8(ascii: ":"),
            let hours = number(text.dropFirst().prefix(2)), let minutes = number(text.suffix(2)), hours < 24,
            minutes < 60
        else { return nil }
        return (text.startIndex, (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func milliseconds(ofFraction text: ArraySlice<UInt8>) -> Int64? {
        guard let point = text.first else { return 0 }
        let digits = text.dropFirst()
        guard point == UInt8(ascii: "."), (1...9).contains(digits.count), number(digits) != nil else { return nil }
        return number((Array(digits) + [48, 48, 48])[..<3])
    }

    private static func days(of month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Howard Hinnant's `days_from_civil`: the year begins in March, so that the leap day is its last.
    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
