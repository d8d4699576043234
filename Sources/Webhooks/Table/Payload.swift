import CampaignCore

/// The members of a JSON object, read tolerantly: Z-API writes numbers as text and text as numbers now and then.
struct Payload {
    private let members: [String: JSON]

    /// Nil for anything but an object. Where a name occurs twice, its last value counts.
    init?(_ json: JSON) {
        guard case .object(let members) = json else { return nil }
        self.members = Dictionary(members.map { ($0.name, $0.value) }) { $1 }
    }

    /// A text or number; nil when it is missing, something else, or blank.
    func text(_ name: String) -> String? {
        members[name].flatMap(Self.text)
    }

    /// Whether there is something that is not null, false or blank.
    func has(_ name: String) -> Bool {
        switch members[name] {
        case nil, .null, .truth(false): false
        case .text(let text): !text.allSatisfy(\.isWhitespace)
        case .object, .list, .number, .truth: true
        }
    }

    /// A yes or no, also written as text or number; anything that cannot be one means yes, since a yes is what makes a
    /// message count less.
    func isTrue(_ name: String) -> Bool {
        guard has(name) else { return false }
        return !["false", "0", "no", "null"].contains(text(name)?.lowercased())
    }

    /// Whether it is given, as a plain no.
    func isFalse(_ name: String) -> Bool {
        members[name] == .truth(false) || ["false", "0"].contains(text(name)?.lowercased())
    }

    func object(_ name: String) -> Payload? {
        members[name].flatMap(Payload.init)
    }

    /// The texts and numbers of a list; a single one counts as a list.
    func texts(_ name: String) -> [String] {
        switch members[name] {
        case .list(let values): values.compactMap(Self.text)
        case .text, .number: [text(name)].compactMap(\.self)
        case nil, .object, .truth, .null: []
        }
    }

    /// The names of objects, and of lists with objects, in a fixed order.
    var contents: [String] {
        members.filter { member in
            switch member.value {
            case .object(let members): !members.isEmpty
            case .list(let values): values.contains { Payload($0) != nil }
            case .text, .number, .truth, .null: false
            }
        }.map(\.key).sorted()
    }

    /// The objects of a list.
    func objects(_ name: String) -> [Payload] {
        guard case .list(let values) = members[name] else { return [] }
        return values.compactMap(Payload.init)
    }

    private static func text(_ value: JSON) -> String? {
        switch value {
        case .text(let text):
            let trimmed = text.trimmed
            return trimmed.isEmpty ? nil : trimmed
        case .number(let digits): return digits
        case .object, .list, .truth, .null: return nil
        }
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// Without control characters other than line breaks and tabs, and at most `longest` bytes, cut between characters.
    func plain(longest: Int) -> String {
        var plain = ""
        var size = 0
        for character in self {
            size += character.utf8.count
            guard size <= longest else { break }
            let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
            if !isControl || character.isNewline || character == "\t" { plain.append(character) }
        }
        return plain
    }
}
