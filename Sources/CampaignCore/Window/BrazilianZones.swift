/// The time zones of Brazil's area codes (DDD).
///
/// The state, or part of one, for each area code: ANATEL, Resolução 749/2022 and the table of Códigos Nacionais. The
/// time zone of each state: `zone1970.tab` of the IANA time zone database 2025b. Brazil's hours are set by Lei
/// 11.662/2008 and Lei 12.876/2013; there has been no summer time since 2019.
///
/// Two area codes span two time zones, and a number does not show which: 81 covers Recife, at UTC−3, and Fernando de
/// Noronha, at UTC−2; 97 covers Tefé, at UTC−4, and Tabatinga, at UTC−5. They have both zones.
enum BrazilianZones {
    /// The zones of an area code; nil when there is no such code.
    static func zones(ofArea ddd: Int64) -> [String]? {
        byArea[ddd]
    }

    private static let byArea: [Int64: [String]] = {
        var table: [Int64: [String]] = [:]
        for (zones, areas) in facts {
            for area in areas { table[area] = zones }
        }
        return table
    }()

    /// Each zone, or pair of zones, with its area codes.
    static let facts: [(zones: [String], areas: [Int64])] = [
        (
            ["America/Sao_Paulo"],
            [
                11, 12, 13, 14, 15, 16, 17, 18, 19,  // São Paulo
                21, 22, 24, 27, 28,  // Rio de Janeiro, Espírito Santo
                31, 32, 33, 34, 35, 37, 38,  // Minas Gerais
                41, 42, 43, 44, 45, 46, 47, 48, 49,  // Paraná, Santa Catarina
                51, 53, 54, 55,  // Rio Grande do Sul
                61, 62, 64,  // Distrito Federal, Goiás
            ]
        ),
        (["America/Araguaina"], [63]),  // Tocantins
        (["America/Cuiaba"], [65, 66]),  // Mato Grosso
        (["America/Campo_Grande"], [67]),  // Mato Grosso do Sul
        (["America/Rio_Branco"], [68]),  // Acre
        (["America/Porto_Velho"], [69]),  // Rondônia
        (["America/Bahia"], [71, 73, 74, 75, 77]),
        (["America/Maceio"], [79, 82]),  // Sergipe, Alagoas
        (["America/Recife", "America/Noronha"], [81]),  // Pernambuco: Recife, and the islands
        (["America/Recife"], [87]),  // Pernambuco: the inland
        (["America/Fortaleza"], [83, 84, 85, 86, 88, 89, 98, 99]),  // Paraíba, R. G. do Norte, Ceará, Piauí, Maranhão
        (["America/Belem"], [91, 94, 96]),  // the east of Pará, Amapá
        (["America/Manaus"], [92]),  // the east of Amazonas
        (["America/Santarem"], [93]),  // the west of Pará
        (["America/Boa_Vista"], [95]),  // Roraima
        (["America/Manaus", "America/Eirunepe"], [97]),  // the west of Amazonas
    ]
}
