import ArgumentParser
import CampaignCore

/// Reads numbers as people write them on the command line.
struct NumberOptions: ParsableArguments {
    @Option(
        help: .text(
            "The country calling code for numbers written without one.",
            "O código do país (DDI) dos números escritos sem ele.", valueName: "code"))
    var country = "55"

    /// The reader for the chosen country.
    func reader() throws -> PhoneReader {
        guard let reader = PhoneReader(country: country) else {
            throw Failure(
                .usage,
                Phrase(
                    "No country has the calling code \(country): correct --country.",
                    "Nenhum país tem o código \(country): corrija --country."))
        }
        return reader
    }

    /// The numbers in these texts; throws if any is not a number.
    ///
    /// - Parameters:
    ///   - campaign: where the people are; nil where that may be any.
    ///   - suggested: formats the command that finds numbers.
    func numbers(
        _ texts: [String], in campaign: String? = nil, _ suggested: SuggestedCommands
    ) throws -> [PhoneNumber] {
        try understood(texts, in: campaign, suggested).map(\.phone)
    }

    /// The same, each with its text; throws if any is not a number.
    func understood(
        _ texts: [String], in campaign: String? = nil, _ suggested: SuggestedCommands
    ) throws -> [UnderstoodNumber] {
        let read = try read(texts)
        guard read.bad.isEmpty else {
            throw Failure(
                .usage,
                Phrase("Nothing was changed:\n", "Nada foi mudado:\n") + read.badLines(in: campaign, suggested))
        }
        return read.numbers
    }

    /// Reads each of these texts.
    func read(_ texts: [String]) throws -> ReadNumbers {
        let reader = try reader()
        var read = ReadNumbers()
        for text in texts {
            switch reader.read(text) {
            case .success(let phone): read.numbers.append(UnderstoodNumber(written: text, phone: phone))
            case .failure(let problem): read.bad.append(.init(written: text, problem: problem))
            }
        }
        return read
    }
}

/// The command line's numbers: those that could be read, and those that could not.
struct ReadNumbers {
    struct Bad: Encodable {
        let written: String
        let problem: PhoneProblem

        /// What to do about it on a command line, which has no cells; somebody's name finds the number.
        func remedy(in campaign: String?, _ suggested: SuggestedCommands) -> Phrase {
            switch problem {
            case .letters:
                Phrase { language in
                    let place = campaign ?? language.text("CAMPAIGN", "CAMPANHA")
                    let search = suggested.command("contacts", place, written)
                    return language.text(
                        "Write only the number; `\(search)` finds somebody's.",
                        "Escreva só o número; `\(search)` encontra o de uma pessoa.")
                }
            case .empty: Phrase("Write the number.", "Escreva o número.")
            case .twoNumbers:
                Phrase("Write each number in quotes of its own.", "Escreva cada número entre aspas próprias.")
            default: problem.remedy
            }
        }

        private enum CodingKeys: CodingKey {
            case written, reason, suggestion
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(written, forKey: .written)
            try container.encode(problem.code, forKey: .reason)
            try container.encode(problem.suggestion, forKey: .suggestion)
        }
    }

    var numbers: [UnderstoodNumber] = []
    var bad: [Bad] = []

    /// One line for each text that is not a number.
    func badLines(in campaign: String? = nil, _ suggested: SuggestedCommands) -> Phrase {
        bad.map { bad in
            Phrase("  “\(bad.written)” is not a phone number. ", "  “\(bad.written)” não é um número de telefone. ")
                + bad.remedy(in: campaign, suggested)
        }.joined(separator: "\n")
    }
}

/// A number of the command line as it was read, so that users notice a typo that makes it another number.
struct UnderstoodNumber: Encodable {
    let written: String
    let phone: PhoneNumber

    private enum CodingKeys: CodingKey {
        case written, phone, spelled
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(written, forKey: .written)
        try container.encode(phone.text, forKey: .phone)
        try container.encode(phone.spelled, forKey: .spelled)
    }
}
