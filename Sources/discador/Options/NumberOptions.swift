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
    func numbers(_ texts: [String]) throws -> [PhoneNumber] { try understood(texts).map(\.phone) }

    /// The same, each with its text; throws if any is not a number.
    func understood(_ texts: [String]) throws -> [UnderstoodNumber] {
        let read = try read(texts)
        guard read.bad.isEmpty else {
            throw Failure(.usage, Phrase("Nothing was changed:\n", "Nada foi mudado:\n") + read.badLines)
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
    var badLines: Phrase {
        bad.map { bad in
            Phrase("  “\(bad.written)” is not a phone number. ", "  “\(bad.written)” não é um número de telefone. ")
                + bad.problem.remedy
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
