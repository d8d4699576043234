import AsyncHTTPClient
package import CampaignCore
import Foundation
import NIOCore

extension ZAPIClient {
    /// Maximum number of phones in one request (phone-exists-batch page, read 2026).
    package static let maxNumbersInCheck = 50_000
    /// About 130 bytes for each number.
    private static let largestCheckReply = 32 << 20
    private static let longestCheck = TimeAmount.seconds(120)

    /// `POST …/phone-exists-batch` (contacts pages, read 2026): whether numbers have WhatsApp, and in which form.
    ///
    /// - Parameters:
    ///   - phones: at most ``maxNumbersInCheck``.
    ///   - instance: the instance's index in the list that the client was created with.
    /// - Returns: the answers by number, each with the form and the `@lid` that Z-API returned. A number for which Z-API
    ///   returned nothing, or two different answers, is missing; a number that was not requested is ignored.
    package func whatsApp(
        of phones: [PhoneNumber], through instance: Int
    ) async throws(ProviderError) -> [PhoneNumber: WhatsAppAnswer] {
        // Phones are digits: nothing in them needs escaping.
        let list = phones.map { "\"\($0.text)\"" }.joined(separator: ",")
        let body = Array(#"{"phones":[\#(list)]}"#.utf8)
        let outcome = await post(
            "phone-exists-batch", body, through: instance, limits: (Self.largestCheckReply, Self.longestCheck))
        if case .reply(200, _, let bytes) = outcome {
            guard let findings = try? JSONDecoder().decode([WhatsAppFinding].self, from: Data(bytes)) else {
                throw .unreachable("the reply is not a list of numbers")
            }
            return Self.answers(findings, to: phones)
        }
        throw table.providerError(of: outcome)
    }

    static func answers(
        _ findings: [WhatsAppFinding], to phones: [PhoneNumber]
    ) -> [PhoneNumber: WhatsAppAnswer] {
        let asked = Set(phones)
        var answers: [PhoneNumber: WhatsAppAnswer] = [:]
        var disputed: Set<PhoneNumber> = []
        for finding in findings {
            guard let phone = finding.phone, asked.contains(phone), let answer = finding.answer(about: phone) else {
                continue
            }
            if let before = answers.updateValue(answer, forKey: phone), before != answer { disputed.insert(phone) }
        }
        return answers.filter { !disputed.contains($0.key) }
    }
}
