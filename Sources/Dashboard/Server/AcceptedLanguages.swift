import CampaignCore

/// Which of our languages a browser asks for (RFC 9110, 12.5.4).
enum AcceptedLanguages {
    /// - Parameter header: the value of `Accept-Language`; nil is English.
    static func best(_ header: String?) -> Language {
        let wanted: [(language: Language, weight: Double)] = (header ?? "").split(separator: ",").compactMap { item in
            let parts = item.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let name = parts.first, let language = Language(name) else { return nil }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            return (language, weight)
        }
        return wanted.filter { $0.weight > 0 }.reduce(nil as (language: Language, weight: Double)?) { best, next in
            guard let best, best.weight >= next.weight else { return next }
            return best
        }?.language ?? .english
    }
}
