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
    func numbers(_ texts: [String]) throws -> [PhoneNumber] {
        let reader = try reader()
        return try texts.map { text in
            do throws(PhoneProblem) {
                return try reader.read(text).get()
            } catch {
                throw Failure(.usage, "“\(text)” is no phone number. \(error.suggestion)")
            }
        }
    }
}
