import CampaignCore
import CampaignStore
import Dashboard
import Foundation
import Reports

// What the pages show, for one of those who look at them.
extension Viewer {
    /// The clock on which times are told: the browser's, or that of the campaigns.
    func clock(_ reader: StoreReader, of campaigns: [String] = []) throws(StoreError) -> LocalClock {
        if let zone = TimeZone(browser: timeZone) { return LocalClock(zone) }
        return try reader.clock(of: campaigns)
    }

    /// A phone, as far as it is to be seen.
    func shown(_ phone: PhoneNumber) -> String {
        if phone.isForgotten { return phone.text }
        return seesPhones ? phone.spelled : phone.masked
    }

    /// A text that may have phones in it, on one line.
    func shown(_ text: String) -> String {
        let line = TerminalText.line(text)
        return seesPhones ? line : PhoneMask.masked(line)
    }

    func shown(_ phrase: Phrase) -> Phrase { Phrase { shown(phrase[$0]) } }

    /// What stands for a contact in addresses.
    ///
    /// - Parameter id: ``ContactPage/Entry/id``.
    func key(of phone: PhoneNumber, id: Int64) -> String {
        seesPhones && !phone.isForgotten ? phone.text : "\(Self.idMark)\(id)"
    }

    /// The id in a key; nil for a number.
    static func id(inKey key: String) -> Int64? {
        key.first == idMark ? Int64(key.dropFirst()) : nil
    }

    private static let idMark: Character = "~"
}

/// Numbers in forms and addresses.
enum WrittenNumber {
    private static let reader = PhoneReader(country: "55")

    /// A number as somebody writes it; one without a country is Brazilian.
    static func read(_ text: String) -> Result<PhoneNumber, PhoneProblem> {
        if text.hasSuffix("@lid"), let lid = PhoneNumber(text: text) { return .success(lid) }
        return reader?.read(text) ?? .failure(.letters)
    }

    /// A number so that it is read as nothing else.
    static func text(_ number: PhoneNumber) -> String { number.isLid ? number.text : "+\(number.text)" }
}

extension CallState {
    /// The state in words.
    var words: Phrase { Phrase { $0.reportWords.state(self) } }

    /// A reason for it in words; nil when there is none.
    func words(_ reason: String?) -> Phrase? {
        guard let reason, !reason.isEmpty else { return nil }
        return Phrase { TerminalText.line($0.reportWords.reason(reason, of: self)) }
    }
}

extension Answer {
    var words: Phrase { Phrase { $0.reportWords.answer(self) } }
}

extension Delivery {
    var words: Phrase { Phrase { $0.reportWords.delivery(self) } }
}

extension TimeZone {
    /// The zone that a browser names; nil for what is no zone, since a browser may send anything.
    init?(browser name: String?) {
        guard let name, name.utf8.count <= 64, !name.contains(".."), name.first?.isLetter == true,
            name.utf8.allSatisfy({ "+-_/".utf8.contains($0) || isalnum(Int32($0)) != 0 })
        else { return nil }
        self.init(identifier: name)
    }
}
