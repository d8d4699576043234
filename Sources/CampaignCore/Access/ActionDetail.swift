/// What the log keeps of an action: nothing that names a person who is called, and no secrets.
package struct ActionDetail: Hashable, Sendable {
    /// How many phones are listed at most; `counts` has the rest.
    package static let phonesKept = 20

    /// The campaign it is about; nil: none, or it has been deleted.
    package var campaign: String?
    /// What was counted, before and after: `["contacts": 12]`. All that is kept when the campaign is deleted.
    package var counts: [String: Int]
    /// In masked form, the first of them.
    package var phones: [String]
    /// Words of ours, and names of instances, users and tokens; never the words of people who are called, or about them.
    package var words: [String: String]

    package init(
        campaign: String? = nil, counts: [String: Int] = [:], phones: [PhoneNumber] = [], words: [String: String] = [:]
    ) {
        self.campaign = campaign
        self.counts = counts
        self.phones = phones.prefix(Self.phonesKept).map(\.masked)
        self.words = words
        if phones.count > 1 { self.counts["phones"] = phones.count }
    }

    /// The same with more counts.
    package func adding(_ more: [String: Int]) -> ActionDetail {
        var detail = self
        detail.counts.merge(more) { $1 }
        return detail
    }
}

extension ActionDetail: Codable {
    private enum CodingKeys: CodingKey {
        // The campaign has a column of its own.
        case counts, phones, words
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        campaign = nil
        counts = try container.decodeIfPresent([String: Int].self, forKey: .counts) ?? [:]
        phones = try container.decodeIfPresent([String].self, forKey: .phones) ?? []
        words = try container.decodeIfPresent([String: String].self, forKey: .words) ?? [:]
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if !counts.isEmpty { try container.encode(counts, forKey: .counts) }
        if !phones.isEmpty { try container.encode(phones, forKey: .phones) }
        if !words.isEmpty { try container.encode(words, forKey: .words) }
    }
}
