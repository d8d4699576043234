import CampaignCore

/// The name of a file as a browser sends it. It is only shown, and tells a workbook from a text; no file of this machine
/// is named after it.
enum UploadedName {
    private static let longest = 120

    /// The name without folders, and without what does not belong in a line of text; nil when nothing is left.
    static func shown(_ name: String) -> String? {
        let last = name.split(omittingEmptySubsequences: true) { $0 == "/" || $0 == "\\" }.last ?? ""
        let fit = String(String.UnicodeScalarView(last.unicodeScalars.filter { !$0.isUnfit }))
        var trimmed = Substring(fit).drop(while: \.isWhitespace)
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        guard trimmed.contains(where: { $0 != "." }) else { return nil }
        guard trimmed.count > longest else { return String(trimmed) }
        // The ending says what it is.
        let ending = trimmed.split(separator: ".", omittingEmptySubsequences: false).last.map { "." + $0 } ?? ""
        let kept = ending.count <= 6 && ending.count < trimmed.count ? ending : ""
        return trimmed.prefix(longest - kept.count - 1) + "…" + kept
    }
}
