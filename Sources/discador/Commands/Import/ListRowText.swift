import CampaignCore
import Reports

/// One of the first rows of a list, as it is read.
struct ListRowText {
    /// `line 2`; nil for a blank row.
    let place: Phrase?
    /// What becomes of it: `call 5511987654321`.
    let fate: Phrase
    /// Whether nobody is called because of it.
    let isLeftOut: Bool
    let cells: [String]

    /// - Parameters:
    ///   - repeats: the first rows whose number another one has.
    ///   - address: how the address of an audio is shown.
    init(
        _ row: ListRow, of list: ListSample.List, _ repeats: [ListFindings.Repeat],
        address: (String) -> String = { $0 }
    ) {
        let isSheet = list.format.sheet != nil
        let unit = Phrase(isSheet ? "row" : "line", "linha")
        switch row {
        case .contact(let contact):
            place = unit + Phrase(verbatim: " \(contact.line)")
            cells = contact.own
            if let found = repeats.first(where: { $0.line == contact.line && $0.phone == contact.phone.text }) {
                fate = Phrase { RepeatText(found, file: list.file, unit: unit[$0]).phrase[$0] }
                isLeftOut = true
            } else {
                let audio = contact.wishes?.callAudioURL.map(address)
                fate = Phrase { Self.text(contact, audio, $0) }
                isLeftOut = false
            }
        case .reject(let reject):
            place = unit + Phrase(verbatim: " \(reject.line)")
            fate = Phrase("rejected, \(reject.reason)", "rejeitada, \(reject.reason)")
            isLeftOut = true
            cells = reject.own
        case .blank:
            place = nil
            fate = Phrase("blank", "em branco")
            isLeftOut = true
            cells = []
        }
    }

    private static func text(_ contact: ListContact, _ audio: String?, _ language: Language) -> String {
        "\(language.text("call", "ligar para")) \(contact.phone.text)"
            + further(contact, language)
            + (contact.callDuration.map { language.text(" for \($0) s", " por \($0) s") } ?? "")
            + (audio.map { language.text(" playing \($0)", " tocando \($0)") } ?? "")
            + (contact.wishes?.notBefore.map { language.text(" not before \($0)", " não antes de \($0)") } ?? "")
    }

    private static func further(_ contact: ListContact, _ language: Language) -> String {
        guard !contact.further.isEmpty else { return "" }
        let numbers = contact.further.map(\.text).joined(separator: ", ")
        return language.text(" (further: \(numbers))", " (outros: \(numbers))")
    }
}
