import CampaignCore

/// Makes untrusted text safe to store and show: one line, of bounded length, without secrets, control characters and
/// marks that change the writing direction. Every text from Z-API or the HTTP client goes through here.
struct TextSanitizer: Sendable {
    /// The longest text that is kept, in Unicode scalars.
    static let longest = 300
    /// No more of a line is examined.
    private static let maxScalars = 1 << 13
    /// If a line is longer, no more of it than this is shown: the examined part may end within a secret.
    private static let maxShown = 1 << 12
    private static let replacement = "‹secret›"

    private let texts: [String]
    private let secrets: SecretFinder

    /// - Parameter secrets: what must not be stored or shown, in any form.
    init(secrets: [String] = []) {
        texts = secrets
        self.secrets = SecretFinder(secrets)
    }

    /// One that hides these too.
    func hiding(_ secrets: [String]) -> TextSanitizer {
        TextSanitizer(secrets: texts + secrets)
    }

    /// `text` on one line of at most ``longest`` scalars.
    func line(_ text: String) -> String {
        // Unfit characters are removed first: they could be in the middle of a secret.
        let scalars = Self.fitScalars(of: text)
        let isCut = scalars.count > Self.maxScalars
        let bytes = Array(String(scalars).utf8)
        let shown = isCut ? String(scalars.prefix(Self.maxShown)).utf8.count : bytes.count
        var line = ""
        var end = 0
        // Not only ours: an error may repeat a header, a body or the address of a proxy.
        let hidden = AddressSecrets.merged(secrets.ranges(in: bytes) + TextMask.ranges(in: bytes))
        for range in hidden where range.lowerBound < shown {
            line += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self) + Self.replacement
            end = range.upperBound
        }
        if end < shown { line += String(decoding: bytes[end..<shown], as: UTF8.self) }
        return Self.shortened(isCut ? line + "…" : line, to: Self.longest)
    }

    /// Whether `text` contains a secret.
    func isSecret(_ text: String) -> Bool {
        !secrets.ranges(in: Array(text.utf8)).isEmpty
    }

    /// At most `count` scalars; `…` shows that something was cut off.
    static func shortened(_ text: String, to count: Int) -> String {
        // Scalars, since one character can consist of any number of them.
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<scalars.index(before: end)]) + "…"
    }

    /// The fit characters, with each run of spaces as one; at most one more than are examined.
    private static func fitScalars(of text: String) -> String.UnicodeScalarView {
        var fit = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count > maxScalars { break }
            if scalar.properties.isWhitespace {
                guard let last = fit.last, last != " " else { continue }
                fit.append(" ")
            } else if !scalar.isUnfit {
                fit.append(scalar)
            } else {
                continue
            }
            count += 1
        }
        if fit.last == " " { fit.removeLast() }
        return fit
    }
}
