/// Names for people who do not exist.
enum DemoNames {
    /// Every first name with every last name.
    static var all: [String] {
        first.flatMap { first in last.map { "\(first) \($0)" } }
    }

    private static let first = [
        "Ada", "Amir", "Anna", "Ben", "Carla", "Chen", "Clara", "Dana", "David", "Elif", "Emma", "Farid", "Grace",
        "Hugo", "Ida", "Ines", "Ivan", "Jana", "Jonas", "Kofi", "Lena", "Liam", "Lucia", "Mara", "Mei", "Milan",
        "Nadia", "Noah", "Olga", "Omar", "Paula", "Ravi", "Rosa", "Samir", "Sara", "Tara", "Tom", "Vera", "Yuki", "Zoe",
    ]
    private static let last = [
        "Adeyemi", "Berg", "Byron", "Castro", "Cohen", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Haddad",
        "Hansen",
        "Ito", "Jansen", "Kaya", "Khan", "Kim", "Kowalski", "Laurent", "Lopez", "Martin", "Mensah", "Moreau", "Nguyen",
        "Novak", "Okafor", "Olsen", "Patel", "Petrov", "Popov", "Rossi", "Sato", "Silva", "Singh", "Tanaka", "Turner",
        "Varga", "Wang", "Weber", "Wolf",
    ]
}
