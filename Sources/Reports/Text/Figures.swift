import CampaignCore

/// Numbers formatted for people.
enum Figures {
    /// `1234567` as `1 234 567`; in no country is a space the decimal separator.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number.magnitude).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(" ") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + String(text.reversed())
    }

    /// `1 call`, `2 calls`, `0 calls`.
    static func counted(_ number: Int, _ one: String, _ many: String) -> String {
        "\(grouped(number)) \(number.noun(one, many))"
    }

    /// The shares of the total, in tenths of a percent, which add up to exactly 1000: the remainder from rounding down
    /// goes to those that lost the most by it (largest remainder). All are 0 if the total is.
    static func tenthsOfPercent(_ parts: [Int]) -> [Int] {
        let whole = parts.reduce(0, +)
        guard whole > 0 else { return parts.map { _ in 0 } }
        var shares = parts.map { $0 * 1000 / whole }
        let byLoss = parts.indices.sorted { left, right in
            let losses = (parts[left] * 1000 % whole, parts[right] * 1000 % whole)
            return losses.0 == losses.1 ? left < right : losses.0 > losses.1
        }
        for index in byLoss.prefix(1000 - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
    }

    /// `995` as `99.5 %`.
    static func percent(tenths: Int) -> String {
        "\(tenths / 10).\(tenths % 10)%"
    }

    /// `32398120` as `8 h 59 min 58 s`; the largest unit is a day. Milliseconds count only below a minute.
    static func span(milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        guard seconds >= 60 else { return "\(seconds).\(String(1000 + milliseconds % 1000).dropFirst()) s" }
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        return parts.drop { $0.0 == 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
