extension NicknameTable {
    static let fromMToZ = """
        mackenzie mac kenzie
        madeleine maddie maddy madeline madge mady
        malcolm mal malky calum
        marcus mark marc
        margaret maggie meg peggy peg madge marge margie margery greta rita daisy maisie mairead marged megan mags margot mamie peigi marguerite margret
        margery marge marjorie margie madge
        maria marie mary mia ria
        marian marion mary marianne
        marilyn lyn mary marylin
        marion marian mary
        mark marc marcus markie
        martha mattie marty marta
        martin marty mart martyn mairtin
        mary molly polly mae may maureen mamie moira mair mairi maire marie maria mari minnie moll
        mathilda matilda tilly tillie maud mattie
        matthew matt matty mat mathew matthias mattie
        maureen mo moira reenie maura
        maurice morris mo maurie moss
        maximilian max maxim
        maxwell max
        megan meg meggie margaret meghan
        melanie mel melly
        melissa mel missy lissa
        meredith merry meredydd
        mervyn merv mervin merfyn
        michael mike mick micky mickey mikey micheal mitch meical mihangel mikael micah
        michelle shell chelle shelly michele mich
        mildred millie milly
        millicent millie milly
        miriam mim mimi mirry maryam mariam
        mohammed mohammad muhammad mohamed mohamad muhammed mohd md mo muhamed mahomed muhammet mehmet mohamud
        moira maura mary moyra maire
        morgan mo morgane
        muriel muireall merial
        myfanwy myf fanw
        nadia nadya nadiya
        nancy nan ann anne
        naomi nomi
        natalie nat nattie tally nathalie natalia
        natasha tasha tash natalia
        nathan nat nate jonathan nathaniel
        nathaniel nat nate nathan nathanael
        neil niall nigel neal
        nicholas nick nicky nico colin nicolas nik
        nicola nicky nikki nic nicole nichola niki
        nicole nicky nikki nicola nic
        nigel nige
        nora norah noreen eleanor honora
        norman norm norrie tormod
        norma norm
        oliver ollie olly noll olivier
        olivia liv livvy ollie olive livia
        olwen olwyn
        oscar ozzie osgar
        oswald oz ozzie os
        owen owain ewan eoghan
        pamela pam pammy
        patricia pat patsy trish tricia patty pattie trisha paddy
        patrick pat paddy rick padraig pádraig packie padrig
        paul pol paulie
        paula polly paulette pauline
        pauline paula polly paulie
        penelope pen penny
        percival percy
        peter pete petey piers peadar pedr
        philip phil pip phillip flip ffilip
        philippa pip pippa phil phillipa
        phyllis phyl phil
        priscilla cilla pris prissy
        prudence pru prue
        rachel rach rae rachael raquel rahel
        ralph rafe ralf raph
        raymond ray ramon redmond
        rebecca becky becca bex reba beck rebekah
        reginald reg reggie
        reuben rube ruben
        rhiannon rhi rhian
        rhys reece reese rees rice
        richard dick rick ricky rich richie dickie ritchie rico
        robert bob bobby rob robbie bert robin rab rabbie robbo bobbie roibeard
        roberta bobbie robbie berta
        robin rob robyn
        roderick rod roddy rory ruairidh
        rodney rod roddy
        roger rodge hodge
        roland rollo rowland
        ronald ron ronnie ronny ranald raghnall
        rory ruairi ruaridh ruairidh ruari
        rosalind ros roz rose rosalyn
        rose rosie rosa rosy rhosyn
        rosemary rose rosie mary romy rosemarie
        ross rossy
        roxanne roxy rox
        rupert rupe bertie
        russell russ rusty
        ruth ruthie
        ryan ry rian
        sally sal sarah sallie
        samantha sam sammy sammie mandy
        samuel sam sammy sawyl
        sandra sandy sandie alexandra cassandra
        sarah sara sally sadie sal zara mor
        saeed said sayeed saeid syed
        scott scotty
        sean shaun shawn shane john seán eoin
        seamus james shamus séamus
        sebastian seb bas baz bastian
        sharon shaz shari
        sheila shelagh celia sheelagh sile
        shirley shirl
        sian jane siân siani
        sidney sid sydney syd
        silvia sylvia syl sylvie
        simon si sim simeon
        sinead jane janet sinéad
        siobhan joan siobhán chevonne shevaun susan
        sophia sophie soph sofia sophy
        sophie soph sophia sophy
        stanley stan
        stella estelle
        stephanie steph stevie stefanie steffi
        stephen steve steven stevie stephan stefan steffan
        stuart stu stewart stew
        susan sue susie suzy sukie susanna susannah suzanne siwsan
        suzanne sue suzie susan susanne suzy
        tamara tammy tam tamar
        tamsin tammy tam thomasina tamzin
        terence terry tel terrance terrence
        teresa tess terry theresa tessa tracy treasa
        thaddeus tad thad
        theodore theo ted teddy
        thomas tom tommy thom tam tomos tomas tammy twm
        timothy tim timmy
        tobias toby tobi
        tracey tracy trace teresa
        trevor trev trefor
        ursula ursie
        valerie val vally
        vanessa nessa van ness
        veronica ron ronnie vera vonnie
        victor vic vick
        victoria vicky vicki tori vikki vic toria tory queenie
        vincent vin vince vinny vinnie
        violet vi letty viola
        virginia ginny ginger gina
        vivian viv vivienne vivien bibi
        walter wally walt wat
        wayne way
        wendy wend gwendolyn
        wilfred wilf fred wilfrid
        william will bill billy willie liam wills gwilym wil willy uilleam wullie
        wilhelmina mina billie minnie willa
        winifred win winnie freda gwenfrewi
        yasmin yasmine yaz jasmine yasmeen yas
        yvonne vonnie von evonne
        yusuf yousuf yousaf joseph yousef yusef yosef youssef
        zachary zac zach zack zak zachariah zakariya
        zoe zoey zoë
        """

    /// Muslim, South Asian and Polish names; and Irish ones with the English spelling of their sound.
    static let fromElsewhere = """
        ahmed ahmad achmed ahmet
        abdul abdool abdal abd
        abdullah abdulla abdallah abdullahi
        abdulrahman abdurrahman abdur-rahman abdirahman rahman
        aisha ayesha aysha aishah aaisha ayisha eisha
        ali aly alli
        aliyah aaliyah aliya alia
        amina aminah ameena aamina
        amir ameer aamir
        arjun arjan arjuna
        asif aasif asef
        bilal bilaal billal
        faisal faysal feisal faizal
        farah fara farrah
        gurpreet gurprit preet
        habiba habeeba
        hamza hamzah
        haroon harun haaron aaron
        harpreet harprit preet
        ibrahim ebrahim ibraheem ibrahima abraham
        iqbal ikbal eqbal
        jamal jamaal gamal
        jaswinder jas jaz jazwinder
        javed javid jawed javaid
        karim kareem kerim
        khalid khaled kaled
        kuldeep kuldip
        lakshmi laxmi
        manjit manjeet
        maryam mariam maryum miriam mariyam mary
        mahmood mahmud mehmood mahmoud
        mustafa mustapha moustafa mostafa
        nasreen nasrin nazreen
        nazir nazeer
        nasir naseer
        omar umar omer umer
        osman usman uthman othman ousmane
        parveen parvin perveen
        qasim kasim qaasim kassim
        rahim raheem rahiem
        rashid rasheed rashed
        razia raziya
        rehana rihana rehanna
        sadia sadiya saadia
        safiya safiyya safia safiyah
        salim saleem selim
        salma selma
        samir sameer sami
        sanjay sanj
        shabana shabanah
        shakil shakeel
        sharif shareef sherif
        sukhwinder sukhvinder sukh suki
        sultan sultaan
        sunita suneeta
        suleiman sulaiman suleman sulayman soloman solomon sulaymaan
        tahir taher taahir
        tariq tarik tareq tarek
        usha oosha
        vijay vij bijoy
        waqar vaqar
        yasin yaseen yassin
        yunus younis younus yonis jonah
        zahra zara zehra zahara
        zainab zaynab zeinab zeynep zaineb
        zubair zubayr zubeir
        agnieszka aga agnes
        aleksandra ola alexandra aleksandrina
        andrzej andrew jedrek
        grzegorz greg gregory
        jan john janek
        katarzyna kasia katherine kate
        krzysztof chris krzysiek christopher
        malgorzata gosia margaret
        pawel paul
        piotr peter
        tomasz tomek thomas
        wojciech wojtek
        mikolaj nicholas nick
        aoife eva ava
        caoimhe keeva
        ciaran kieran keiran kieron
        cathal charles
        niamh neve neave
        oisin osheen
        roisin rosheen rose rosaleen
        saoirse sersha
        tadhg teague timothy tad
        """
}
