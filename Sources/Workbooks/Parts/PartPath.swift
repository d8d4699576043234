/// The names of parts, and what relationships make of them (ECMA-376 part 2, 6.2 and 6.5).
enum PartPath {
    /// The part that a relationship's target names.
    ///
    /// - Parameters:
    ///   - target: relative or absolute, with slashes or, as some programs write, backslashes.
    ///   - source: the part that the relationship starts from; empty for the package itself.
    static func resolve(_ target: String, from source: String) -> String {
        let path = String(target.map { $0 == "\\" ? "/" : $0 })
        var names = path.hasPrefix("/") ? [] : source.split(separator: "/").dropLast()
        for name in path.split(separator: "/") {
            switch name {
            case ".": continue
            case "..": if !names.isEmpty { names.removeLast() }
            default: names.append(name)
            }
        }
        return decoded(names.joined(separator: "/"))
    }

    /// Where the relationships of a part are.
    static func relationships(of part: String) -> String {
        let names = part.split(separator: "/", omittingEmptySubsequences: true)
        let folder = names.dropLast().map { $0 + "/" }.joined()
        return folder + "_rels/" + (names.last ?? "") + ".rels"
    }

    /// `%20` and the like are what they stand for.
    private static func decoded(_ path: String) -> String {
        let bytes = Array(path.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == 0x25, place + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                place += 3
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
