extension RedisURL {
    /// Cuts a list of addresses with commas between them. A comma before something without `://` belongs to the address
    /// it stands in: it divides sentinels.
    public static func list(_ text: String) -> [String] {
        var items: [String] = []
        for part in text.split(separator: ",") {
            let item = String(part.drop { $0 == " " })
            guard !item.isEmpty else { continue }
            if item.contains("://") || items.isEmpty {
                items.append(item)
            } else {
                items[items.count - 1] += "," + item
            }
        }
        return items
    }
}
