extension Names {
    static let commonWomen = words(
        """
        margaret susan mary elizabeth sarah patricia karen julie emma jean christine helen jacqueline nicola claire
        laura rebecca jennifer sharon amy emily charlotte jessica olivia amelia sophie hannah lucy chloe victoria
        catherine rachel samantha michelle angela deborah linda carol barbara sandra janet ann joan dorothy maureen
        sheila pauline valerie brenda irene doris joyce eileen kathleen alice florence grace ruby isla ava poppy freya
        fatima aisha zara maryam khadija priya anita sunita mei agnieszka magdalena katarzyna ewa siobhan niamh eleri
        megan bethan fiona morag kirsty eilidh abigail georgia holly molly ellie zoe naomi ruth esther heather gillian
        hilary beverley lorraine tracey dawn tina wendy diane kim natalie gemma kelly stacey leanne lauren danielle
        """)

    static let commonMen = words(
        """
        david john michael paul peter andrew james robert richard stephen william thomas mark christopher daniel
        matthew anthony kevin ian alan brian graham keith colin martin simon neil philip steven gary jonathan adam
        benjamin joseph samuel joshua jack oliver harry george charles edward alexander nicholas timothy lee darren
        stuart craig jason wayne carl dean barry trevor roger derek raymond ronald kenneth donald dennis leslie
        geoffrey frank frederick albert arthur ernest harold walter leonard stanley norman cyril reginald muhammad
        mohammed ahmed ali hassan omar ibrahim imran raj sanjay vikram wei jun piotr tomasz marek krzysztof sean liam
        connor patrick declan rhys gareth owain dylan hamish callum angus ewan fraser noah leo alfie archie freddie
        theo max lucas nathan ryan aaron kieran luke ben gavin terence clive malcolm nigel howard
        """)

    static let commonSurnames = words(
        """
        smith jones taylor williams brown davies evans wilson thomas roberts johnson walker wright robinson thompson
        white hughes edwards green hall wood harris lewis martin jackson clarke clark turner hill scott cooper morris
        ward moore king watson baker harrison morgan patel young allen mitchell james anderson phillips lee bell
        parker davis khan bennett miller cook shaw cox price richardson marshall simpson griffiths gray collins carter
        murphy begum hunt kelly adams palmer campbell stevens ellis lloyd fisher mills knight barker murray chapman
        graham singh hussain ali ahmed webb holmes butler rogers powell reid stewart macdonald fraser ross robertson
        hamilton kaur akhtar mahmood shah sharma gupta chen wong li nowak kowalski lewandowski popescu okafor mensah
        osei oconnor obrien ryan walsh byrne doyle nguyen silva santos garcia rossi schmidt
        """)

    static let streetNames = """
        high station church park mill green london victoria new queens kings school york manor west east north south
        bridge castle orchard meadow grange chapel hill wood farm lower upper rectory abbey priory canal albion
        alexandra clarence cambridge oxford windsor chestnut poplar laurel rowan holly ivy
        """

    static let streetKinds = "road street avenue lane close drive way grove court gardens crescent terrace rise"

    static let postcodeAreas = """
        AB AL B BA BB BD BH BL BN BR BS CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G
        GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX
        PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF
        WN WR WS WV YO ZE
        """

    static let nicknames = """
        margaret maggie peggy meg rita
        susan sue suzie
        mary molly may
        elizabeth liz beth betty eliza lizzie
        sarah sally
        patricia pat trish tricia
        christine chris chrissie
        jacqueline jackie
        rebecca becky becca
        jennifer jenny jen
        charlotte lottie charlie
        jessica jess jessie
        victoria vicky tori
        catherine cathy kate cath
        samantha sam
        deborah debbie deb
        barbara babs barb
        sandra sandy
        dorothy dot dottie
        kathleen kath kathy
        florence flo florrie
        abigail abi
        megan meg
        gillian gill
        natalie nat
        danielle dani
        david dave davy
        john jack johnny
        michael mike mick
        peter pete
        andrew andy drew
        james jim jimmy jamie
        robert bob rob bobby robbie
        richard rick dick richie
        stephen steve
        steven steve
        william bill will billy liam
        thomas tom tommy
        christopher chris kit
        daniel dan danny
        matthew matt
        anthony tony ant
        philip phil pip
        jonathan jon jonny
        benjamin ben benny
        joseph joe joey
        samuel sam sammy
        joshua josh
        oliver ollie
        george georgie
        charles charlie chas
        edward ed ted eddie ned
        alexander alex sandy xander
        nicholas nick nicky
        timothy tim
        kenneth ken kenny
        donald don
        ronald ron ronnie
        raymond ray
        leslie les
        geoffrey geoff
        frederick fred freddie
        albert bert bertie
        leonard len lenny
        reginald reg
        muhammad mohammad mohamed mo
        mohammed mohamed muhammad mo
        patrick pat paddy
        terence terry
        nathan nate
        malcolm mal
        """
}
