import ArgumentParser
import CampaignCore

/// Numbers as an operator writes them on the command line.
struct NumberOptions: ParsableArguments {
    @Option(help: "The country calling code for numbers written without one.")
    var country = "55"

    /// What reads numbers of that country.
    func reader() throws -> PhoneReader {
        guard let reader = PhoneReader(country: country) else {
            throw Failure(.usage, "No country has the calling code \(country): correct --country.")
        }
        return reader
    }

    /// The numbers in these texts.
    func numbers(_ texts: [String]) throws -> [PhoneNumber] { try understood(texts).map(\.phone) }

    /// The numbers in these texts, with what was written.
    func understood(_ texts: [String]) throws -> [UnderstoodNumber] {
        let reader = try reader()
        return try texts.map { text in
            do throws(PhoneProblem) {
                return UnderstoodNumber(written: text, phone: try reader.read(text).get())
            } catch {
                throw Failure(.usage, "“\(text)” is no phone number. \(error.suggestion)")
            }
        }
    }
}

/// A number of the command line as it was understood: a slip that makes another number shows.
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
