#include "CStatic.h"
int yagura_CStatic_placeholder(void){return 0;}
