import TestKit
import Values

@testable import People

/// Staff lists for tests.
enum StaffList {
    static let header =
        "staff_number,name,username,grade,directorate,site,team,contracted_place,roles,skills,valid_from,left_on"

    static func bytes(_ rows: String...) -> [UInt8] {
        Array(([header] + rows).joined(separator: "\r\n").utf8)
    }

    /// So many invented people of four hundred teams at thirteen sites.
    static func generated(_ count: Int, movedEvery step: Int = .max) -> [UInt8] {
        let first = ["Aisha", "Björn", "Carmen", "Dragan", "Emre", "Fatima", "Goran", "Heledd", "Ines", "Jürgen"]
        let last = ["van den Berg", "O'Brien", "Šimić", "Nowak", "García López", "Lindqvist", "Mbeki", "Yılmaz"]
        var text = header + "\r\n"
        for number in 0..<count {
            let team = number % step == step - 1 ? (number + 1) % 400 : number % 400
            let name = "\(first[number % 10])\(number % 977) \(last[number % 8])"
            text +=
                "S\(1_000_000 + number),\"\(name)\",user\(number),O,Directorate \(team % 8),Site \(team % 13),Team \(team),"
            text += ["home", "office", "touchdown"][number % 3]
            text += number % 20 == 0 ? ",adviser;team_leader," : ",adviser,"
            text += "Skill \(number % 30):\(number % 5 + 1);Skill \(30 + number % 7):3,2024-0\(number % 9 + 1)-01,\r\n"
        }
        return Array(text.utf8)
    }

    static var options: StaffImport.Options { StaffImport.Options(today: Cast.monday) }
}
