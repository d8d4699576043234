import ArgumentParser
import CampaignCore

/// The names of users and tokens.
enum AccessName {
    static func validate(_ name: String) throws {
        guard !StoredUser.isName(name) else { return }
        throw ValidationError(
            Phrase(
                "“\(name)” cannot be a name: use 1 to 40 letters without accents, digits, dots, underscores and dashes.",
                "“\(name)” não serve de nome: use de 1 a 40 letras sem acento, algarismos, pontos, sublinhados e hifens."
            )[SystemEnvironment.language])
    }
}
