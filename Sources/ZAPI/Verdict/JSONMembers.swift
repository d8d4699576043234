import CampaignCore

/// The members of a JSON object, in order and as they are written.
struct JSONMembers {
    enum Value: Equatable {
        /// A string, without its escapes.
        case text(String)
        /// A number, digit by digit.
        case number(String)
        /// `true`, `false`, `null`, an object or a list.
        case other
    }

    let members: [(name: String, value: Value)]

    /// Nil when `bytes` are not exactly one complete JSON object.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard case .object(let members) = JSON(bytes) else { return nil }
        self.members = members.map { member in
            switch member.value {
            case .text(let text): (name: member.name, value: .text(text))
            case .number(let digits): (name: member.name, value: .number(digits))
            case .object, .list, .truth, .null: (name: member.name, value: .other)
            }
        }
    }
}
