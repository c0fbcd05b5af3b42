/// The box drawing characters of Unicode, by the weights of their four arms.
enum BoxCharacters {
    enum Weight: Int, Comparable {
        case none, light, heavy

        static func < (one: Weight, other: Weight) -> Bool { one.rawValue < other.rawValue }
    }

    struct Arms: Equatable {
        var up = Weight.none
        var right = Weight.none
        var down = Weight.none
        var left = Weight.none
    }

    /// By up, right, down and left as a number of base 3.
    private static let characters = Array(
        " ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋")

    static func character(_ arms: Arms) -> Character {
        let index = [arms.up, arms.right, arms.down, arms.left].reduce(0) { 3 * $0 + $1.rawValue }
        return characters[index]
    }
}
